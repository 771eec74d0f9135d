const moments = ['before commit', 'under way', 'after commit'];
const each = (names: readonly string[]) => names.flatMap((name) => moments.map((moment) => `${name} ${moment}`));

/** Around Salesforce's work: a call has arrived, and it has been done but not answered. The org sees these. */
export const orgPoints = ['org asked', 'org done'] as const;

/** Every step at which the process is killed; see crash-points.ts. */
export const points = {
  sqlite: [...each(['append', 'settle', 'bind', 'save', 'acknowledge']), ...orgPoints],
  postgres: [
    ...each(['append', 'settle', 'apply', 'take people', 'bind', 'take records', 'save', 'take rows', 'acknowledge']),
    ...orgPoints,
  ],
};
