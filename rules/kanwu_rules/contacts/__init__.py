"""Contacts: the identifiers in a document (QQ, WeChat, phones, mail) and the lists that they stand in.

Two families read them: boilerplate (lists of groups to join) and figures (one identifier under two
names).
"""
