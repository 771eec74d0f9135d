import { status } from '@grpc/grpc-js';
import { eventSchema } from '../events/avro-schema.ts';
import type { Channel } from '../events/channel.ts';
import { read } from '../events/reader.ts';
import type { Delivery, Reader } from '../events/reader.ts';
import type { Allowance } from '../limits/allowance.ts';
import type { Org } from '../org.ts';
import { encodeEvent } from './codec.ts';
import type { FetchRequest, FetchResponse } from './protocol.ts';
import { decodeReplayId, encodeReplayId } from './replay-id.ts';
import type { OpenStream, Peer } from './rpc.ts';
import { invalid, RpcError } from './rpc-error.ts';
import { subscribableTopic } from './topics.ts';

/** Events that a client can be owed. */
const mostRequested = 100;

export interface SubscribeOptions {
  readonly org: Org;
  readonly allowance: Allowance;
  /** ms */
  readonly keepAlive: number;
}

/** Opens a Subscribe call, which delivers whenever something arrives. */
export function subscribe(options: SubscribeOptions, peer: Peer<FetchResponse>): OpenStream<FetchRequest> {
  const { signals } = options.org.bus;
  const call = new SubscribeCall(options, peer);
  const deliver = () => {
    try {
      call.deliver();
    } catch (error) {
      peer.fail(error);
    }
  };
  signals.on('arrival', deliver);
  return {
    request: (request) => {
      call.request(request);
    },
    close: () => {
      signals.off('arrival', deliver);
      call.close();
    },
  };
}

/** Delivers as many events as its client asked for, and a keepalive where there are none. */
class SubscribeCall {
  readonly #options: SubscribeOptions;
  readonly #peer: Peer<FetchResponse>;
  #reader: Reader | undefined;
  #requested = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SubscribeOptions, peer: Peer<FetchResponse>) {
    this.#options = options;
    this.#peer = peer;
  }

  /** The first request says where to begin; all say how many events more can come. Throws an RpcError. */
  request(request: FetchRequest): void {
    const { topicName, numRequested } = request;
    if (numRequested <= 0)
      throw invalid(
        'subscription.fetch.requested.events.invalid',
        'The number of events that are requested must be greater than zero.',
      );
    if (!this.#reader)
      this.#reader = this.#open(subscribableTopic(this.#options.org, this.#peer.user, topicName), request);
    else if (topicName !== '' && topicName !== this.#reader.channel.name)
      throw invalid('subscription.fetch.topic.mismatch', 'The topic cannot change within a subscription.');
    this.#requested = Math.min(this.#requested + numRequested, mostRequested);
    this.deliver();
  }

  /** Sends what there is, as far as it was requested. Throws an RpcError where the org may deliver no more today. */
  deliver(): void {
    if (!this.#reader || this.#requested === 0) return;
    const deliveries = this.#reader.next(this.#requested);
    if (deliveries.length > 0) this.#send(this.#reader, deliveries);
    else if (!this.#timer) this.#scheduleKeepAlive(this.#reader);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#reader = undefined;
  }

  #open(channel: Channel, { replayPreset, replayId }: FetchRequest): Reader {
    if (replayPreset === 'CUSTOM' && replayId.length === 0)
      throw invalid(
        'subscription.fetch.replayid.validation.failed',
        'The replay preset is CUSTOM, but no Replay ID is set.',
      );
    const from =
      replayPreset === 'CUSTOM' ? decodeReplayId(replayId) : replayPreset === 'EARLIEST' ? 'earliest' : 'latest';
    const reader = from === undefined ? undefined : read(this.#options.org, this.#peer.user, channel, from);
    if (reader) return reader;
    throw invalid(
      'subscription.fetch.replayid.corrupted',
      'The Replay ID validation failed. Ensure that the Replay ID is valid.',
    );
  }

  #send(reader: Reader, deliveries: readonly Delivery[]): void {
    if (!this.#options.allowance.take(deliveries.length))
      throw new RpcError(
        status.RESOURCE_EXHAUSTED,
        'subscription.limit.exceeded',
        'You have exceeded the event delivery limit for your org.',
      );
    this.#requested -= deliveries.length;
    const events = deliveries.map((delivery) => {
      const { event, object } = delivery;
      const payload = encodeEvent(delivery, object!);
      return {
        event: { id: event.uuid, schemaId: eventSchema(object!).id, payload },
        replayId: encodeReplayId(event.replayId),
      };
    });
    this.#write(events, reader.position);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#requested > 0) this.#scheduleKeepAlive(reader);
  }

  #scheduleKeepAlive(reader: Reader): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#keepAlive(reader);
      } catch (error) {
        this.#peer.fail(error);
      }
    }, this.#options.keepAlive);
  }

  /** The position of a keepalive is a new one, so that it stays good for as long as an event's. */
  #keepAlive(reader: Reader): void {
    const { bus } = this.#options.org;
    if (!bus.paused) bus.mark();
    const deliveries = reader.next(this.#requested);
    if (deliveries.length > 0) this.#send(reader, deliveries);
    else {
      this.#write([], reader.position);
      this.#scheduleKeepAlive(reader);
    }
  }

  #write(events: FetchResponse['events'], position: number): void {
    const latestReplayId = encodeReplayId(position);
    this.#peer.write({ events, latestReplayId, rpcId: this.#peer.rpcId, pendingNumRequested: this.#requested });
  }
}
