import type { Outlook } from 'c/scoreOutlook';
import type { Adjustment, Reason } from 'c/scoreReasons';

/** Explanation__c as the ingester writes it; a score of an earlier release, or one too long for the field, has less. */
interface Explained extends Partial<Outlook> {
  reasons?: { name: string; points: number; awards: number; last: string | null }[];
  adjustments?: Adjustment[];
}

/** What Explanation__c tells; the reasons from Reasons__c where it does not tell them. */
export function explained(
  explanation: string | null,
  reasonsText: string | null,
): { reasons: Reason[]; adjustments: Adjustment[]; outlook: Outlook } {
  const { reasons, adjustments = [], ahead = [], next = null, blocks = [], goal = null } = parsed(explanation);
  return {
    reasons:
      reasons?.map(({ name, points, awards, last }) => ({
        ...{ name, points, awards },
        last: last === null ? null : Date.parse(last),
      })) ?? reasonsIn(reasonsText ?? ''),
    adjustments,
    outlook: { ahead, next, blocks, goal },
  };
}

function parsed(text: string | null): Explained {
  try {
    return (JSON.parse(text ?? '{}') as Explained | null) ?? {};
  } catch {
    return {};
  }
}

/** Reads lines such as "+20 Pricing page visit (2 times)". */
function reasonsIn(text: string): Reason[] {
  const lines = text.matchAll(/^([+-]?[\d.]+) (.+?)(?: \((\d+) times\))?$/gm);
  return Array.from(lines, ([, points, name = '', awards]) => ({
    name,
    points: Number(points),
    awards: Number(awards ?? 1),
    last: null,
  }));
}
