"""Pages without a feed, read as one: the links of a section page are its entries.

address    how a subscription says that its page is a section
read       the ways, the surest first: a selector, JSON-LD, a sitemap, scored links
jsonld     lists of articles in JSON-LD
sitemap    sitemaps, with the news extension
headlines  links that look like headlines, scored
nearby     dates and teasers beside a link
"""
