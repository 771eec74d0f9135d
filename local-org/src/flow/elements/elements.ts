import { actionCalls } from './action.ts';
import { assignments } from './assignment.ts';
import { recordCreates } from './create.ts';
import { decisions } from './decision.ts';
import { recordDeletes } from './delete.ts';
import { recordLookups } from './get.ts';
import type { ElementKind } from './kind.ts';
import { loops } from './loop.ts';
import { subflows } from './subflow.ts';
import { recordUpdates } from './update.ts';

/** The kinds of element that the local org runs, by their tag. */
export const elementKinds: Readonly<Record<string, ElementKind>> = {
  actionCalls,
  assignments,
  decisions,
  loops,
  recordCreates,
  recordDeletes,
  recordLookups,
  recordUpdates,
  subflows,
};
