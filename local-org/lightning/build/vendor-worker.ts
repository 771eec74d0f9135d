import { parentPort, workerData } from 'node:worker_threads';
import { bundleVendor, type Bundle } from './vendor-bundle.ts';

parentPort?.postMessage(await bundleVendor(workerData as Bundle));
