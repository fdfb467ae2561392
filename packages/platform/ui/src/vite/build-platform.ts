// The package's own build, after tsc: `node dist/vite/build-platform.js`.
import { fileURLToPath } from 'node:url';
import { buildPlatformAssets } from './build-platform-assets.js';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
await buildPlatformAssets(packageFolder, `${packageFolder}/dist/assets`);
