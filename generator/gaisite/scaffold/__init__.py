"""Scaffolds: the first files of a portal, an agency or a report; they are only ever added, never written over."""

from gaisite.scaffold.agencies import AgencyScaffold, lay_out_agency
from gaisite.scaffold.files import Scaffold, write_scaffold
from gaisite.scaffold.ground import Ground, read_ground
from gaisite.scaffold.kinds import PortalKind, read_kinds
from gaisite.scaffold.narratives import is_unfilled
from gaisite.scaffold.portals import DEFAULT_TITLE, LANGUAGES, PortalWishes, lay_out_portal
from gaisite.scaffold.reports import ReportScaffold, ReportWishes, lay_out_report
from gaisite.scaffold.workbooks import lay_out_workbook

__all__ = [
    "DEFAULT_TITLE",
    "LANGUAGES",
    "AgencyScaffold",
    "Ground",
    "PortalKind",
    "PortalWishes",
    "ReportScaffold",
    "ReportWishes",
    "Scaffold",
    "is_unfilled",
    "lay_out_agency",
    "lay_out_portal",
    "lay_out_report",
    "lay_out_workbook",
    "read_ground",
    "read_kinds",
    "write_scaffold",
]
