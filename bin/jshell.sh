#!/usr/bin/env bash
# A JShell session with every module of this checkout on its class path and the imports of etc/restage.jsh.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -Ptry -pl examples -am compile dependency:build-classpath \
    -Dmdep.outputFile=target/try/jshell.cp -DincludeScope=runtime >&2
exec "${JAVA_HOME:+$JAVA_HOME/bin/}jshell" --class-path "examples/target/try/classes:$(cat examples/target/try/jshell.cp)" \
    -R-Dorg.slf4j.simpleLogger.defaultLogLevel=error --startup DEFAULT --startup etc/restage.jsh "$@"
