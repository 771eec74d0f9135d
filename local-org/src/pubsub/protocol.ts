import { fileURLToPath } from 'node:url';
import { loadPackageDefinition } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** The service of Salesforce's `pubsub_api.proto`, as the client package brings it. */
export function pubSubService(): ServiceDefinition {
  const proto = new URL('../pubsub_api.proto', import.meta.resolve('salesforce-pubsub-api-client'));
  const definition = loadSync(fileURLToPath(proto), { defaults: true, enums: String });
  const { eventbus } = loadPackageDefinition(definition) as unknown as {
    eventbus: { v1: { PubSub: { service: ServiceDefinition } } };
  };
  return eventbus.v1.PubSub.service;
}

export interface TopicRequest {
  readonly topicName: string;
}

export interface SchemaRequest {
  readonly schemaId: string;
}

export interface FetchRequest {
  readonly topicName: string;
  readonly replayPreset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replayId: Buffer;
  readonly numRequested: number;
}

export interface ProducerEvent {
  readonly id: string;
  readonly schemaId: string;
  readonly payload: Buffer;
}

export interface FetchResponse {
  readonly events: readonly { readonly event: ProducerEvent; readonly replayId: Buffer }[];
  readonly latestReplayId: Buffer;
  readonly rpcId: string;
  readonly pendingNumRequested: number;
}

export interface PublishRequest {
  readonly topicName: string;
  readonly events: readonly ProducerEvent[];
}

export interface PublishResult {
  readonly replayId: Buffer;
  readonly correlationKey: string;
  readonly error?: { readonly code: 'PUBLISH'; readonly msg: string };
}

export interface PublishResponse {
  readonly results: readonly PublishResult[];
  readonly schemaId: string;
  readonly rpcId: string;
}
