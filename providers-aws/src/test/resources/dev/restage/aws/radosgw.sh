# radosgw.sh <empty folder> <port of the monitor> <port of S3>: runs Ceph's S3 server with its data in memory, says "ready",
# and ends with its standard input, which the JVM holds; then the folder goes too.
folder=$1 monitor=$2 port=$3
trap '' HUP INT TERM PIPE
cd "$folder"
fsid=$(cat /proc/sys/kernel/random/uuid)
mkdir mon osd rgw
: > keyring
cat > ceph.conf <<CONF
[global]
fsid = $fsid
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
mon host = v1:127.0.0.1:$monitor
mon initial members = a
mon data = $folder/mon
mon allow pool size one = true
mon max pg per osd = 1000
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 6442450944
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
run dir = $folder
log file = $folder/\$name.log
admin socket =
pid file =
crash dir = $folder
keyring = $folder/keyring
[client.rgw]
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable usage log = false
rgw run sync thread = false
CONF
servers=
end() {
    kill -KILL $servers 2>/dev/null
    wait
    cd /
    rm -rf "$folder"
    exit "$1"
}
serve() {
    "$@" </dev/null >>servers.log 2>&1 &
    last=$!
    servers="$servers $last"
}
says() {
    grep -q "$1" "$2" 2>/dev/null
}
# An OSD gives up where it asks for its place before it knows the monitor (Ceph 16), so it is started until it stays.
serve_osd() {
    for _ in 1 2 3 4 5 6 7 8 9; do
        serve ceph-osd -c ceph.conf -i 0 -f
        while kill -0 "$last" 2>/dev/null; do
            says 'state: booting -> active' osd.0.log && return 0
            sleep 0.1
        done
    done
    return 1
}
begin() {
    monmaptool --create --fsid "$fsid" --addv a "[v1:127.0.0.1:$monitor]" monmap &&
        ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring || return 1
    serve ceph-mon -c ceph.conf -i a -f
    osd=$(cat /proc/sys/kernel/random/uuid)
    timeout 60 ceph -c ceph.conf osd new "$osd" &&
        ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$osd" || return 1
    serve_osd || return 1
    serve radosgw -c ceph.conf -n client.rgw -f
    for user in LAB OTHER; do
        timeout 90 radosgw-admin -c ceph.conf user create --uid=$user --display-name=$user \
            --access-key=KEY$user --secret=secret-of-$user || return 1
    done
    tries=200
    until says 'starting handler: beast' client.rgw.log; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}
begin </dev/null || { tail -n 20 servers.log ./*.log; end 1; }
echo ready
while read -r _; do :; done
end 0
