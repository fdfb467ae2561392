// CommonJS packages that require Nest meet a cycle unless Nest was loaded as a module before.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
