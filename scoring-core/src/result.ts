/** Section 6: what an evaluation yields, and what it takes from the one before. */

export type Contribution = {
  /** The rule's key. */
  rule: string;
  points: number;
  /** How many awards stand behind the points. */
  awards: number;
};

export type Result = {
  score: number;
  rating: string | null;
  grade: string | null;
  /** The limited sum of every category, by its key. */
  categories: Record<string, number>;
  /** Of the rules with an active award, in the model's order. */
  contributions: Contribution[];
  /** The keys of the gates that are not met. */
  failedGates: string[];
  /** When each `once` rule was earned; hand it back as `previous.earned`. */
  earned: Record<string, string>;
  /** When score, rating, grade or earned will next differ by themselves; null if not within 1,096 days. */
  nextChangeAt: string | null;
};

/** The last result of the same record under the same model, or the part of it that matters. */
export type Previous = { rating?: string | null; earned?: Record<string, string> };
