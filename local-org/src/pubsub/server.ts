import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import type { Allowances } from '../limits/allowances.ts';
import type { Sessions } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';
import { callerOf } from './caller.ts';
import { selfSigned } from './certificate.ts';
import { pubSubService } from './protocol.ts';
import type { FetchRequest, PublishRequest, PublishResponse, SchemaRequest, TopicRequest } from './protocol.ts';
import { publish, publishStream } from './publish.ts';
import { Streams, unary } from './rpc.ts';
import { RpcError } from './rpc-error.ts';
import { subscribe } from './subscribe.ts';
import { schemaOf, topicInfo } from './topics.ts';

export interface PubSubOptions {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly allowances: Allowances;
  /** How long a subscriber waits for events before it hears that there are none, in ms. */
  readonly keepAlive?: number;
}

/** The Pub/Sub API: gRPC over TLS, with a certificate of its own making. */
export class PubSubServer {
  readonly #org: Org;
  readonly #server = new Server();
  readonly #streams = new Streams();

  constructor({ org, sessions, allowances, keepAlive = 270_000 }: PubSubOptions) {
    this.#org = org;
    const caller = (metadata: Metadata) => callerOf(org, sessions, metadata);
    const allowance = allowances.of('DailyDeliveredPlatformEvents');
    this.#server.addService(pubSubService(), {
      GetTopic: unary<TopicRequest>(caller, ({ topicName }, user, rpcId) => topicInfo(org, user, topicName, rpcId)),
      GetSchema: unary<SchemaRequest>(caller, ({ schemaId }, _, rpcId) => {
        const { id, json } = schemaOf(org, schemaId);
        return { schemaId: id, schemaJson: json, rpcId };
      }),
      Publish: unary<PublishRequest>(caller, (request, user, rpcId) => publish(org, user, request, rpcId)),
      PublishStream: this.#streams.bidirectional<PublishRequest, PublishResponse>(caller, (peer) =>
        publishStream(org, peer),
      ),
      Subscribe: this.#streams.bidirectional<FetchRequest, object>(caller, (peer) =>
        subscribe({ org, allowance, keepAlive }, peer),
      ),
      ManagedSubscribe: this.#streams.bidirectional<object, object>(caller, managedSubscribe),
    });
    org.bus.signals.on('disconnect', this.#disconnect);
  }

  /** Listens, on loopback by default; port 0 takes a free one. Returns such as `127.0.0.1:7443`. */
  listen(port: number, host = '127.0.0.1'): Promise<string> {
    const { key, certificate } = selfSigned(Date.now());
    const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) };
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(`${host}:${port}`, ServerCredentials.createSsl(null, [pair]), (error, bound) => {
        if (error) reject(error);
        else resolve(`${host}:${bound}`);
      });
    });
  }

  /** Ends all streams, then the connections. */
  close(): Promise<void> {
    this.#org.bus.signals.off('disconnect', this.#disconnect);
    this.#disconnect();
    return new Promise((resolve) => {
      this.#server.tryShutdown(() => {
        resolve();
      });
    });
  }

  readonly #disconnect = (): void => {
    this.#streams.failAll(
      new RpcError(status.INTERNAL, 'service.unavailable', 'The service is unavailable. Try again later.'),
    );
  };
}

function managedSubscribe(): never {
  const why = 'The local org does not support ManagedSubscribe. Use Subscribe.';
  throw new RpcError(status.UNIMPLEMENTED, 'service.unavailable', why);
}
