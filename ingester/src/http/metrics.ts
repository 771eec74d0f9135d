import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './server.ts';

/** What Prometheus reads. */
export function metrics(app: FastifyInstance, { status }: ServerParts): void {
  app.get('/metrics', async (_request, reply) => {
    const { counts, accepted, salesforceCalls, failures, skippedModels } = await status();
    const lines = [
      ...metric('scoreline_deliveries_accepted_total', 'counter', 'Deliveries accepted since the start.', accepted),
      ...metric('scoreline_salesforce_calls_total', 'counter', 'API calls made since the start.', salesforceCalls),
      ...metric('scoreline_inbox', 'gauge', 'Deliveries not yet in the ledger.', counts.inbox),
      ...metric('scoreline_ledger', 'gauge', 'Engagements in the ledger.', counts.ledger),
      ...metric('scoreline_unmatched', 'gauge', 'Engagements that stand on no record yet.', counts.unmatched),
      ...metric('scoreline_outbox', 'gauge', 'Rows waiting to be written to Salesforce.', counts.outbox),
      ...metric('scoreline_set_aside', 'gauge', 'Rows that Salesforce refuses.', counts.setAside),
      ...metric('scoreline_dead_letters', 'gauge', 'Deliveries that could not be read.', counts.deadLetters),
      ...metric(
        'scoreline_skipped_models',
        'gauge',
        'Models that cannot be scored.',
        Object.keys(skippedModels).length,
      ),
      '# HELP scoreline_step_failing Whether the last round of a step failed.',
      '# TYPE scoreline_step_failing gauge',
      ...Object.entries(failures).map(
        ([step, why]) => `scoreline_step_failing{step="${step}"} ${why === null ? 0 : 1}`,
      ),
    ];
    return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
  });
}

const metric = (name: string, type: string, help: string, value: number) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  `${name} ${value}`,
];
