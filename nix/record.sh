# shellcheck shell=bash
# Makes the record of a stage: runs the steps of its row and writes record.json beside what they
# left. mkRecordPlan.nix writes the two functions that are called here, record_plan_steps and
# record_plan_results; $knownJson, $toolchainVersions (a file: what rustc and cargo call themselves),
# $recordLimit (seconds), $recordTries, $recordNow and $recordBefore (what is compared, or nothing), and of a stage
# that looks things up $recordDatabase, $recordDatabaseName and $recordDatabaseDate come from mkRecordEnv.nix, find_fault from faults.sh.

# The log keeps its first and its last half mebibyte.
record_log_half=524288

# What is noted for record.json: rows of fields, which no command, file or reason holds the ends of.
record_field=$'\x1f'
record_row=$'\x1e'

record_make() {
  record=$1
  target=$PWD/${CARGO_TARGET_DIR:-target}
  work=$(mktemp -d)
  HOME=$(mktemp -d)
  export HOME
  retries=""
  local try
  for ((try = 1; try <= recordTries; try++)); do
    record_try
    if [ -z "$ended" ]; then
      record_write
      return 0
    fi
    echo "record: try $try of $recordTries had no answer ($ended): $reason" >&2
    record_since "$began"
    retries+="$ended$record_field$reason$record_field$since$record_row"
  done
  record_give_up
}

# One try. $ended stays empty when the tools came to an answer.
record_try() {
  rm -rf "$record"
  mkdir -p "$record"
  : >"$record/log"
  ended="" reason="" decided="" steps="" listed=()
  began=$EPOCHREALTIME
  record_plan_steps
  [ -n "$ended" ] || record_plan_results
}

record_give_up() {
  echo "--- the last lines of the log" >&2
  tail -n 12 "$record/log" >&2
  echo "error: no answer after $recordTries tries: $ended: $reason" >&2
  echo "This is a fault of the machine or of a tool, not a verdict on the code; nothing was cached." >&2
  rm -rf "$record"
  return 1
}

# record_step decides|helps <answers> <after> <stdout file> <stderr file> <word…>
record_step() {
  local role=$1 answers=$2 after=$3 stdout=$4 stderr=$5 status=0 start left line
  shift 5
  [ -z "$ended" ] && record_applies "$after" || return 0
  record_words "$@"
  left=$((recordLimit - ${EPOCHREALTIME%[.,]*} + ${began%[.,]*}))
  [ "$left" -gt 0 ] || left=1
  echo "record: ${words[*]}"
  start=$EPOCHREALTIME
  record_run "$left" "$stdout" "$stderr" || status=$?
  record_since "$start"
  printf -v line "%s$record_field" "$status" "$since" "${words[@]}"
  steps+="${line%"$record_field"}$record_row"
  record_judge "$status" "$answers" "$stderr" "$((${EPOCHREALTIME%[.,]*} - ${start%[.,]*}))" "$left"
  [ "$role" != decides ] || decided=$status
}

# Runs $words under the time limit; what no file takes goes to the log and to the build log.
record_run() {
  local left=$1 stdout=${2:+$record/$2} stderr=${3:+$record/$3}
  local run=(timeout --kill-after=10 "$left" "${words[@]}")
  case "${stdout:+o}${stderr:+e}" in
    "") "${run[@]}" 2>&1 </dev/null | tee -a "$record/log" ;;
    o) "${run[@]}" 2>&1 >"$stdout" </dev/null | tee -a "$record/log" ;;
    e) "${run[@]}" 2>"$stderr" </dev/null | tee -a "$record/log" ;;
    oe) "${run[@]}" >"$stdout" 2>"$stderr" </dev/null ;;
  esac
  return "${PIPESTATUS[0]}"
}

# Sets $ended and $reason when an exit status is no answer.
record_judge() {
  local status=$1 answers=$2 stderr=$3 took=$4 left=$5 fault
  if [ "$took" -ge "$left" ] && { [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; }; then
    ended=timed-out reason="\`${words[*]}\` was stopped after $recordLimit s (resources.timeout_minutes)"
  elif [[ " $answers " != *" $status "* ]]; then
    ended=tool-failed reason="\`${words[*]}\` ended with exit status $status, which is no answer of it"
    [ "$status" -le 128 ] || ended=killed
  elif [ "$status" -ne 0 ]; then
    fault=$(find_fault "$record/log" ${stderr:+"$record/$stderr"})
    [ -z "$fault" ] || { ended=${fault%%$'\t'*} reason=${fault#*$'\t'}; }
  fi
}

record_applies() { [ "$1" = "*" ] || [[ " $1 " == *" $decided "* ]]; }

record_export() {
  record_words "$2"
  export "$1=${words[0]}"
}

# record_file <mode> <name> <text>: a file that the steps read, or run.
record_file() {
  record_words "$3"
  printf '%s' "${words[0]}" >"$record/$2"
  chmod "$1" "$record/$2"
}

# record_output_place <from> <name>: lets the steps make a folder in the record, where they would make it
# elsewhere: its files would otherwise be copied.
record_output_place() {
  record_words "$1"
  rm -rf "${words[0]}"
  mkdir -p "${words[0]%/*}" "$record/$2"
  ln -s "$record/$2" "${words[0]}"
}

# record_output <from> <name> <after>: keeps the folder where it is due and something is in it.
record_output() {
  record_words "$1"
  if [ -L "${words[0]}" ]; then
    rm "${words[0]}"
  elif [ -d "${words[0]}" ]; then
    # The tool made a folder of its own.
    rm -rf "${record:?}/$2"
    mv "${words[0]}" "$record/$2"
  fi
  record_applies "$3" || rm -rf "${record:?}/$2"
  rmdir --ignore-fail-on-non-empty "$record/$2" 2>/dev/null || :
}

# record_evidence <file> <after>: lists a file. One that should be there and is not stays unlisted, and
# the gate says so.
record_evidence() {
  record_applies "$2" && [ -f "$record/$1" ] || return 0
  listed+=("$1")
}

# Sets the array $words to the arguments with the placeholders replaced.
record_words() {
  words=("${@//'{record}'/$record}")
  words=("${words[@]//'{target}'/$target}")
  words=("${words[@]//'{root}'/$PWD}")
  if [ -n "${recordDatabase+given}" ]; then
    words=("${words[@]//'{database}'/$recordDatabase}")
    words=("${words[@]//'{database-name}'/$recordDatabaseName}")
    words=("${words[@]//'{database-date}'/$recordDatabaseDate}")
  fi
  [ -n "$recordNow" ] || return 0
  words=("${words[@]//'{now}'/$recordNow}")
  words=("${words[@]//'{before}'/$recordBefore}")
}

# Sets $since to the seconds since a value of EPOCHREALTIME, with three decimals.
record_since() {
  local micros=$((10#${EPOCHREALTIME/[.,]/} - 10#${1/[.,]/}))
  printf -v since '%d.%03d' $((micros / 1000000)) $((micros / 1000 % 1000))
}

# Cuts the middle out of a long log; sets $cut to the number of bytes that are gone.
record_bound_log() {
  local size
  size=$(stat -c %s "$record/log")
  cut=$((size - 2 * record_log_half))
  if [ "$cut" -le 0 ]; then
    cut=0
    return
  fi
  { head -c "$record_log_half" "$record/log"; tail -c "$record_log_half" "$record/log"; } >"$work/log"
  cat "$work/log" >"$record/log"
}

# The evidence with sizes and digests, a row a file.
record_digests() {
  local sizes digests i
  [ ${#listed[@]} -gt 0 ] || return 0
  cd "$record"
  mapfile -t sizes < <(stat -c %s -- "${listed[@]}")
  mapfile -t digests < <(sha256sum -- "${listed[@]}")
  for i in "${!listed[@]}"; do
    printf "%s$record_field%s$record_field%s$record_row" "${listed[i]}" "${sizes[i]}" "${digests[i]:0:64}"
  done
}

# One call of jq writes all of it: starting it takes longer than many a stage's tool.
record_write() {
  record_bound_log
  jq -n --argjson known "$knownJson" --rawfile versions "$toolchainVersions" --arg root "$PWD" \
    --argjson exit "${decided:-null}" --argjson cut "$cut" --arg steps "$steps" --arg retries "$retries" \
    --arg evidence "$(record_digests)" '
    def rows($text): $text | split("\u001e")[:-1] | map(split("\u001f"));
    ($versions | split("\n")) as $tools |
    $known * {
      toolchain: {rustc: $tools[0], cargo: $tools[1]}, $root, ended: "answered", reason: "", $exit,
      steps: rows($steps) | map({command: .[2:], exit: .[0] | tonumber, seconds: .[1] | tonumber}),
      retries: rows($retries) | map({ended: .[0], reason: .[1], seconds: .[2] | tonumber}),
      evidence: rows($evidence) | map({file: .[0], bytes: .[1] | tonumber, sha256: .[2]}),
      log_bytes_cut: $cut
    }' >"$record/record.json"
}
