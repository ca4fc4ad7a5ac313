#!/usr/bin/env bash
# A JShell session with every module of this checkout on its class path and the imports of etc/restage.jsh.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -pl examples -am compile dependency:build-classpath \
    -Dmdep.outputFile=target/jshell.cp -DincludeScope=runtime -Denforcer.skip -Djacoco.skip >&2
exec "${JAVA_HOME:+$JAVA_HOME/bin/}jshell" --class-path "examples/target/classes:$(cat examples/target/jshell.cp)" \
    -R-Dorg.slf4j.simpleLogger.defaultLogLevel=error --startup DEFAULT --startup etc/restage.jsh "$@"
