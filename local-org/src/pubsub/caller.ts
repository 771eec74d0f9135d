import type { Metadata } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org, User } from '../org.ts';
import { canonicalId } from '../store/id.ts';
import { authError, RpcError } from './rpc-error.ts';

/** Who calls, by the metadata of the call: `accesstoken`, `instanceurl` and `tenantid`, the ID of the org. */
export function callerOf(org: Org, sessions: Sessions, metadata: Metadata): User {
  const [token, instance, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map(
    (name) => metadata.get(name)[0]?.toString() ?? '',
  );
  if (!token || !instance || !tenant)
    throw new RpcError(
      status.UNAUTHENTICATED,
      'service.auth.headers.invalid',
      'An authentication header is missing or blank: accesstoken, instanceurl and tenantid are expected.',
    );
  const user = sessions.find(token);
  if (!user || canonicalId(tenant) !== org.id) throw authError();
  return user;
}
