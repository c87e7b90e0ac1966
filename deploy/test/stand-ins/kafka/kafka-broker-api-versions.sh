#!/bin/bash
# Whether the broker of --bootstrap-server answers.
exec bash -c "exec 3<> /dev/tcp/${2/:/\/}"
