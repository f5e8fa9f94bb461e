# shellcheck shell=bash
# For programs of this folder that train on tables of noise. Reads ser_home and fail.

opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# synthetic_table FOLDER ROWS FEATURE VALUES: FOLDER/features, unless it is there; VALUES of FEATURE a frame, 130 frames a row.
# Its _feature_spec.json is written last. One that is older than the program that makes tables may lack what they have now.
synthetic_table() {
  local folder=$1 rows=$2 feature=$3 values=$4
  if [[ -f $folder/features/_SUCCESS && $folder/features/_feature_spec.json -nt $ser_home/bench/SyntheticTable.java ]]; then
    return 0
  fi
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g "${opens[@]}" -cp "$ser_home/jobs/target/spark/jars/*" \
    "$ser_home/bench/SyntheticTable.java" "$folder/features" "$rows" "$feature" "$values" >"$folder.log" 2>&1 ||
    fail "the table was not made; see $folder.log"
}
