#!/usr/bin/env node
import { writeContractFile } from '../dist/contract-file.js';

process.exitCode = await writeContractFile(process.cwd());
