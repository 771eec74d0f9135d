import { ApiError, NotSupported } from '../errors.ts';
import type { DeployOptions } from './deploy.ts';

type Given = Readonly<Record<string, unknown>>;

/** Options that change what a deployment does, and that the local org does not have. */
const unsupported = ['performRetrieve'];

/** The deploy options of a request; SOAP sends them as text. */
export function readDeployOptions(given: Given): DeployOptions {
  const flag = (name: string) => given[name] === true || given[name] === 'true';
  const wanted = unsupported.find(flag);
  if (wanted !== undefined) throw new NotSupported(`the deploy option ${wanted}`);
  if ([given['runTests'] ?? []].flat().some(Boolean))
    throw new ApiError(400, 'INVALID_OPERATION', 'runTests names Apex tests, and the local org has no Apex');
  return { checkOnly: flag('checkOnly'), rollbackOnError: flag('rollbackOnError') };
}
