#!/bin/bash
# Workers of one run as a Slurm array; begin the run first, on a host that stays: ./proxima tune examples/cluster/tune.yaml
#   sbatch --array=1-8 examples/cluster/slurm.sh
#SBATCH --job-name=proxima
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=6G
#SBATCH --time=04:00:00
# Before the time is over: the worker takes no more trials, and hands back what it can not finish within seconds (B: to this script, which the worker takes the place of).
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
exec ./proxima worker --store postgresql://tuning@db.example.org/proxima --study cluster --workers 4
