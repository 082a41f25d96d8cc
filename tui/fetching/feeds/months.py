"""Names of months, by the shortest form that is not ambiguous, in the languages that feeds use."""

_NAMES = """
jan feb mar apr may jun jul aug sep oct nov dec
janv févr mars avr mai juin juil août sept octo nove déce
jan fév mar avr mai juin jul aou sep oct nov déc
jän feb mär apr mai jun jul aug sep okt nov dez
jan feb mrt apr mei jun jul aug sep okt nov dec
ene feb mar abr may jun jul ago sep oct nov dic
gen feb mar apr mag giu lug ago set ott nov dic
jan fev mar abr mai jun jul ago set out nov dez
jan feb mar apr maj jun jul aug sep okt nov dec
sty lut mar kwi maj cze lip sie wrz paź lis gru
led úno bře dub kvě čvn čvc srp zář říj lis pro
jan feb már ápr máj jún júl aug sze okt nov dec
янв фев мар апр май июн июл авг сен окт ноя дек
янв фев мар апр мая июн июл авг сен окт ноя дек
січ лют бер кві тра чер лип сер вер жов лис гру
ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
ιαν φεβ μάρ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ
oca şub mar nis may haz tem ağu eyl eki kas ara
tam hel maa huh tou kes hei elo syy lok mar jou
ian feb mar apr mai iun iul aug sep oct noi dec
sij velj ožuj trav svib lip srp kol ruj list stud pros
яну фев мар апр май юни юли авг сеп окт ное дек
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
"""
# A word of an earlier row keeps its month: "mar" is March, not the Finnish November; "lis" is the
# Polish November.
MONTHS: dict[str, int] = {}
for _row in _NAMES.split("\n"):
    for _number, _name in enumerate(_row.split(), 1):
        MONTHS.setdefault(_name, _number)
# Whole words whose beginnings mislead: French "juillet", Czech "červen", "červenec", "listopad".
MONTHS |= {"juillet": 7, "juli": 7, "julio": 7, "juillet.": 7, "červen": 6, "června": 6}
MONTHS |= {"červenec": 7, "července": 7, "marraskuu": 11, "marraskuuta": 11, "sept": 9}

# The Levant's own names, without those of two words.
MONTHS |= {"شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9}

# Halves of the day that stand as words of their own.
DAY_PARTS = {"오전": "a", "오후": "p", "上午": "a", "下午": "p", "午前": "a", "午後": "p"}
