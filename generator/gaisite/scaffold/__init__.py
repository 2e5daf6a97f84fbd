"""Scaffolds: the first files of a portal, an agency or a report; they are only ever added, never written over."""

from gaisite.scaffold.agencies import lay_out_agency
from gaisite.scaffold.files import Scaffold, write_scaffold
from gaisite.scaffold.ground import Ground, read_ground
from gaisite.scaffold.portals import LANGUAGES, PortalWishes, lay_out_portal
from gaisite.scaffold.reports import ReportScaffold, lay_out_report

__all__ = [
    "LANGUAGES",
    "Ground",
    "PortalWishes",
    "ReportScaffold",
    "Scaffold",
    "lay_out_agency",
    "lay_out_portal",
    "lay_out_report",
    "read_ground",
    "write_scaffold",
]
