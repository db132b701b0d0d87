import { within } from "../../diagnostics/origin.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Modules of Python 3.11 to 3.14. */
const standard =
  "abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect " +
  "builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent " +
  "configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis " +
  "distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib " +
  "functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr " +
  "imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math " +
  "mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator " +
  "optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile " +
  "pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy " +
  "sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 " +
  "sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig " +
  "syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace " +
  "traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref " +
  "webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

/** Packages that the generated scripts and DAGs import, or that these import. */
const packages =
  "airflow attr attrs certifi click croniter dateutil dlt duckdb fsspec git humanize idna jinja2 jsonpath_ng orjson packaging " +
  "pathvalidate pendulum pluggy psycopg2 pygments pytz requests requirements rich semver setuptools simplejson six sqlalchemy " +
  "sqlglot tenacity tomlkit typing_extensions tzdata urllib3 wrapt yaml";

/** Modules that are generated beside the files of pipelines. */
const generated = "pipeline_alerts";

const taken: ReadonlySet<string> = new Set(`${standard} ${packages} ${generated}`.split(" "));

/** Refuses pipelines whose files Python would take for a module that it needs: a script's own folder is searched first. */
export const pythonModules: Rule = {
  name: "python-modules",
  apply: ({ model }) => ({
    diagnostics: model.pipelines
      .filter(({ name }) => taken.has(name))
      .map(({ name, origin }) => rulesDiagnostics.report("python-module", { origin: within(origin, "name") }, { name })),
  }),
};
