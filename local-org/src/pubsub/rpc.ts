import { randomUUID } from 'node:crypto';
import type { Metadata, sendUnaryData, ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import type { User } from '../org.ts';
import { toRpcError } from './rpc-error.ts';
import type { RpcError } from './rpc-error.ts';

/** A stream that is open. */
export interface OpenStream<Request> {
  readonly request: (request: Request) => void;
  readonly close: () => void;
}

/** What an open stream can do: answer, and end with an error. */
export interface Peer<Response> {
  readonly rpcId: string;
  readonly user: User;
  readonly write: (response: Response) => void;
  readonly fail: (error: unknown) => void;
}

type Caller = (metadata: Metadata) => User;

/** A call with one request and one answer; what is thrown ends it as an error. */
export const unary =
  <Request>(caller: Caller, answer: (request: Request, user: User, rpcId: string) => object) =>
  ({ request, metadata }: ServerUnaryCall<Request, object>, callback: sendUnaryData<object>): void => {
    const rpcId = randomUUID();
    try {
      callback(null, answer(request, caller(metadata), rpcId));
    } catch (error) {
      callback(toRpcError(error).toStatus(rpcId));
    }
  };

/** The streams that are open, of all calls. */
export class Streams {
  readonly #fails = new Set<(error: RpcError) => void>();

  /** A call that takes requests and answers as it sees fit; what is thrown for a request ends it as an error. */
  bidirectional<Request, Response>(caller: Caller, open: (peer: Peer<Response>) => OpenStream<Request>) {
    return (stream: ServerDuplexStream<Request, Response>): void => {
      const rpcId = randomUUID();
      let opened: OpenStream<Request> | undefined;
      const close = () => {
        opened?.close();
        opened = undefined;
        this.#fails.delete(fail);
      };
      const fail = (error: unknown) => {
        close();
        stream.emit('error', toRpcError(error).toStatus(rpcId));
      };
      const guarded = (work: () => void) => {
        try {
          work();
        } catch (error) {
          fail(error);
        }
      };
      guarded(() => {
        const user = caller(stream.metadata);
        opened = open({ rpcId, user, fail, write: (response) => stream.write(response) });
        this.#fails.add(fail);
        stream.on('data', (request: Request) => {
          guarded(() => opened?.request(request));
        });
        stream.on('cancelled', close);
        stream.on('end', () => {
          close();
          stream.end();
        });
      });
    };
  }

  /** Ends all streams. */
  failAll(error: RpcError): void {
    for (const fail of this.#fails) fail(error);
  }
}
