"""Where contacts may stand: what both rules that read them ask the scan for."""

from kanwu import Characters, Literals, Runs

# 群 alone would fire on 群众 and 集群; what a list writes after it is one of these.
GROUP_MARKS = "：:（(| \t\n\r号號组組"
SERVICES = (
    "qq",
    "微信",
    "wechat",
    "weixin",
    "gh_",
    "wxid_",
    "telegram",
    "t.me/",
    "discord.gg/",
    "公众号",
    "公眾號",
)
PHONES = ("电话", "電話", "手机", "手機")

TRIGGERS = (
    Runs("", ranges=("09", "０９"), at_least=5),
    Characters("@＠"),
    Literals(*(f"群{mark}" for mark in GROUP_MARKS), *SERVICES, *PHONES),
)
