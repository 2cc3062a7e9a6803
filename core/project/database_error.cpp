// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/database_error.h"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace lexarium {
namespace {

bool isNoRoom(int systemError) {
#ifdef EDQUOT
  if (systemError == EDQUOT) return true;
#endif
  return systemError == ENOSPC || systemError == EFBIG;
}

std::string inBrackets(int systemError) {
  return systemError == 0 ? std::string() : " (" + std::generic_category().message(systemError) + ")";
}

Error diskError(int systemError, const std::string& name) {
  if (isNoRoom(systemError)) {
    return {"The disk is full, or the file may not grow", name,
            "Make room. What was saved before is unchanged"};
  }
  return {"The disk cannot be read or written" + inBrackets(systemError), name,
          "Save the project elsewhere. What was saved before is unchanged"};
}

Error cannotOpen(int systemError, const std::string& name) {
  return {"The project's folder cannot be written or is gone" + inBrackets(systemError), name,
          "Save the project under another name"};
}

}  // namespace

Error databaseError(sqlite3* connection, const std::string& name) {
  const int code = sqlite3_extended_errcode(connection);
  const int systemError = sqlite3_system_errno(connection);
  switch (code) {
    case SQLITE_READONLY_DBMOVED:
      return {"The project's file was moved or deleted while it was open", name,
              "Save the project under a new name"};
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
      return {
          "A program ended while it wrote this file, and the file or its folder cannot be written to set "
          "that right",
          name, "Copy it with its -journal file to a folder that you may write to"};
    case SQLITE_READONLY_DIRECTORY:
      return cannotOpen(systemError, name);
    default:
      break;
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"The project is in use in another window", name, "Close it there first"};
    case SQLITE_FULL:
      return diskError(ENOSPC, name);
    case SQLITE_IOERR:
      return diskError(systemError, name);
    case SQLITE_CANTOPEN:
      return cannotOpen(systemError, name);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {"The project can only be read", name, "Save it under another name"};
    case SQLITE_CORRUPT:
      return {"The project's file is damaged", name, "Open it again to see what can still be read"};
    case SQLITE_NOTADB:
      return {"This is not a Lexarium project", name, "Choose a file that ends in .lexarium"};
    case SQLITE_NOMEM:
      return {"There is not enough memory for this project", name, "Close other programs"};
    case SQLITE_TOOBIG:
      return {"A text or list is too long to be stored", name, ""};
    case SQLITE_INTERRUPT:
      return {"Cancelled", {}, {}, Error::Kind::Cancelled};
    default:
      return {std::string("The project cannot be read or written (") + sqlite3_errmsg(connection) + ")", name,
              ""};
  }
}

}  // namespace lexarium
