/** Resources that Salesforce has and the local org has not: they answer 501 with their name. */
const resources = [
  'actions',
  'analytics',
  'appMenu',
  'async-queries',
  'chatter',
  'commerce',
  'compactLayouts',
  'connect',
  'consent',
  'domino',
  'event',
  'knowledgeManagement',
  'licensing',
  'metadata',
  'parameterizedSearch',
  'process',
  'quickActions',
  'search/.+',
  'sobjects/[^/]+/(quickActions|describe/.+)',
  'sobjects/[^/]+/[^/]+/[^/]+/[^/]+',
  'support',
  'tooling',
  'wave',
];

const pattern = new RegExp(`^/(${resources.join('|')})(/|$)`, 'i');

export const isUnsupported = (path: string) => pattern.test(path);
