/** What a check found. `problem`: the ingester cannot do its work; `warning`: it can, for now. */
export type Finding = { check: string; where: string } & (
  { level: 'ok'; what: string } | { level: 'warning' | 'problem'; what: string; remedy: string }
);

/** The findings, or that there is nothing to find. */
export const orFine = (findings: readonly Finding[], check: string, where: string, what: string): Finding[] =>
  findings.length > 0 ? [...findings] : [{ level: 'ok', check, where, what }];

/** What to do where the user lacks what the permission set of the package gives. */
export const DEPLOY = 'deploy the package, and assign the permission set Scoreline Ingester to the integration user';
