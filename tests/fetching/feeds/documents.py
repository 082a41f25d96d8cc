"""Feed documents for the tests."""


def rss(items: str, channel: str = "<title>Paper</title>", root: str = "") -> bytes:
    """An RSS 2.0 document with `items`."""
    text = (
        f'<?xml version="1.0"?><rss version="2.0"{root}><channel>{channel}{items}</channel></rss>'
    )
    return text.encode()


def atom(entries: str, head: str = "<title>Paper</title>", root: str = "") -> bytes:
    """An Atom document with `entries`."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{root}>{head}{entries}</feed>'.encode()


PODCAST = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
     xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
     xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
     xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Harbour Radio</title>
  <link>https://radio.example/</link>
  <language>en-GB</language>
  <ttl>90</ttl>
  <sy:updatePeriod>daily</sy:updatePeriod>
  <sy:updateFrequency>4</sy:updateFrequency>
  <skipHours><hour>0</hour><hour>1</hour><hour>24</hour></skipHours>
  <atom:link rel="next" href="/feed.xml?page=2"/>
  <atom:link rel="hub" href="https://hub.example/"/>
  <item>
    <title>The tide &amp;amp; the clock</title>
    <link>/shows/1</link>
    <guid isPermaLink="false">show-1</guid>
    <pubDate>Tue, 02 Jan 2024 03:04:05 +0100</pubDate>
    <dc:creator>Ada Marsh</dc:creator>
    <description>A short word on tides.</description>
    <content:encoded><![CDATA[<p>A long word on <a href="tides.html">tides</a>.</p>]]></content:encoded>
    <category>Sea</category><category>Time</category><category>Sea</category>
    <comments>https://radio.example/shows/1#talk</comments>
    <enclosure url="https://radio.example/1.mp3" type="audio/mpeg" length="1234"/>
    <itunes:image href="https://radio.example/1.jpg"/>
    <media:content url="https://radio.example/1.mp4" type="video/mp4" fileSize="99"/>
  </item>
</channel></rss>
"""
