#!/usr/bin/env bash
# Tells Spark which GPUs a machine, or a container, has: one line of JSON with the indices that nvidia-smi gives.
# Named by spark.{worker,executor}.resource.gpu.discoveryScript; the file must be executable.
set -euo pipefail

indices=$(nvidia-smi --query-gpu=index --format=csv,noheader)
addresses=''
for index in $indices; do
  addresses+=${addresses:+,}\"$index\"
done
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
