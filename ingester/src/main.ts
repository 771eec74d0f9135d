// npm run ingester: the same as npm run scoreline -- serve.
import { scoreline } from './cli/scoreline.ts';
import { world } from './cli/world.ts';

process.exitCode = await scoreline(['serve'], world);
