import type { Config } from '../../src/config.ts';

/** A configuration for tests: quick retries, a free port, four connections. */
export const testConfig = (more: Partial<Config> = {}): Config => ({
  connections: {
    ac: { adapter: 'activecampaign', secret: 's3cret' },
    activecampaign: { adapter: 'activecampaign' },
    segment: { adapter: 'segment', secret: 'segment-shared-secret', allowUnsigned: true },
    cloudevents: { adapter: 'cloudevents' },
    generic: { adapter: 'generic' },
  },
  flushInterval: 50,
  modelRefreshInterval: 60_000,
  retryUnmatched: 200,
  callTimeout: 5000,
  throttlePause: 300,
  concurrency: 5,
  bodyLimit: 1_048_576,
  highWaterMark: 100_000,
  trace: false,
  host: '127.0.0.1',
  port: 0,
  databaseUrl: null,
  dataFolder: ':memory:',
  salesforce: {
    loginUrl: 'http://127.0.0.1:9',
    credentials: { kind: 'client credentials', clientId: 'scoreline', clientSecret: 'secret' },
  },
  ...more,
});
