#!/usr/bin/env bash
# Makes what the other engines need, in target/peers (or $PEERS_FOLDER): a Python environment, Lucene, a PostgreSQL cluster
# of its own. Nothing of it belongs to the build. Needs: python3 with venv, a JDK of 17 or later, the programs of PostgreSQL.
#   setup.sh          makes everything and starts PostgreSQL
#   setup.sh stop     stops PostgreSQL
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${PEERS_FOLDER:-$here/../../target/peers}
mkdir -p "$work/lucene"
work=$(cd "$work" && pwd)
programs=$(pg_config --bindir 2>/dev/null || dirname "$(command -v pg_ctl)")
# PostgreSQL does not run as root: whoever is root gives the cluster to an account without rights.
as() { if [ "$(id -u)" = 0 ]; then runuser -u "${PEERS_ACCOUNT:-nobody}" -- "$@"; else "$@"; fi; }
cluster=${PEERS_CLUSTER:-${TMPDIR:-/tmp}/passend-peers}

if [ "${1:-}" = stop ]; then
  as "$programs/pg_ctl" -D "$cluster/data" -m fast stop
  exit
fi

[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"

# Pyserini carries Lucene in the archive of its jar.
if [ ! -f "$work/lucene/lucene.jar" ]; then
  mkdir -p "$work/download"
  "$work/venv/bin/pip" download --quiet --no-deps --no-build-isolation --dest "$work/download" "$(grep -o 'pyserini==.*' "$here/lucene.txt")"
  "$work/venv/bin/python" "$here/unpack_lucene.py" "$work/download" "$work/lucene/lucene.jar"
fi
javac -cp "$work/lucene/lucene.jar" -d "$work/lucene" "$here/engines/CoreScore.java"

cargo build --quiet --release --manifest-path "$here/tantivy/Cargo.toml" --target-dir "$work/tantivy"

if [ ! -d "$cluster/data" ]; then
  mkdir -p "$cluster"
  [ "$(id -u)" != 0 ] || chown "${PEERS_ACCOUNT:-nobody}" "$cluster"
  as "$programs/initdb" --pgdata "$cluster/data" --username peers --auth trust --encoding UTF8 --locale C >/dev/null
  as tee -a "$cluster/data/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = ''
shared_buffers = 2GB
effective_cache_size = 8GB
maintenance_work_mem = 512MB
max_wal_size = 8GB
CONF
fi
as "$programs/pg_ctl" -D "$cluster/data" status >/dev/null ||
  as "$programs/pg_ctl" -D "$cluster/data" -l "$cluster/log" -o "-k $cluster" -w start >/dev/null
echo "export PGHOST=$cluster PGUSER=peers PGDATABASE=postgres"
