#!/bin/bash
# A run on Apache Spark. SPARK_HOME: Spark 4.2 for Scala 2.13, unpacked (https://spark.apache.org/downloads.html); JAVA_HOME: a JDK 25.
#   examples/cluster/spark.sh examples/mlp.yaml
# Here master and workers are on this host. On a cluster, start sbin/start-master.sh on one, and on each of the others
#   JAVA_HOME=... sbin/start-worker.sh spark://HOST:7077 --cores 8 --memory 16g
set -euo pipefail
: "${SPARK_HOME:?names no Spark distribution}" "${JAVA_HOME:?names no JDK 25}"
export JAVA_HOME SPARK_WORKER_INSTANCES=2
master=spark://$(hostname):7077
stop() {
  "$SPARK_HOME/sbin/stop-worker.sh"
  "$SPARK_HOME/sbin/stop-master.sh"
}
trap stop EXIT
"$SPARK_HOME/sbin/start-master.sh" --host "$(hostname)" --port 7077
"$SPARK_HOME/sbin/start-worker.sh" "$master" --cores 2 --memory 2g
PROXIMA_PROFILES=spark "$(dirname "$0")/../../proxima" tune "${1:-examples/mlp.yaml}" --engine spark --master "$master"
