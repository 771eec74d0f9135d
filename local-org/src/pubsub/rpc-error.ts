import { Metadata, status } from '@grpc/grpc-js';
import type { StatusObject } from '@grpc/grpc-js';

const prefix = 'sfdc.platform.eventbus.grpc.';

/** Why a call ends: a gRPC status, and Salesforce's code for it without its prefix (Pub/Sub API guide, "Handle Errors"). */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: status;
  readonly errorCode: string;

  constructor(code: status, errorCode: string, message: string) {
    super(message);
    this.code = code;
    this.errorCode = errorCode;
  }

  /** As the client gets it: the code in the trailers, the ID of the call there and in the text. */
  toStatus(rpcId: string): StatusObject {
    const metadata = new Metadata();
    metadata.set('error-code', prefix + this.errorCode);
    metadata.set('rpc-id', rpcId);
    return { code: this.code, details: `${this.message} rpcId: ${rpcId}`, metadata };
  }
}

export const authError = () =>
  new RpcError(
    status.UNAUTHENTICATED,
    'service.auth.error',
    'An authentication exception occurred. Provide valid authentication via metadata headers.',
  );

export const topicNotFound = (orgId: string, topic: string) =>
  new RpcError(
    status.NOT_FOUND,
    'topic.not.found',
    `The topic information for org CORE/prod/${orgId} and topic ${topic} not found. Ensure the topic name is correct and that the topic exists.`,
  );

export const invalid = (errorCode: string, message: string) =>
  new RpcError(status.INVALID_ARGUMENT, errorCode, message);

/** Anything else that goes wrong is the org's own fault. */
export const toRpcError = (error: unknown): RpcError =>
  error instanceof RpcError
    ? error
    : new RpcError(status.INTERNAL, 'service.internal.error', error instanceof Error ? error.message : String(error));
