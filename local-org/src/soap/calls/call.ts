import type { Org, SaveOptions, User } from '../../org.ts';
import type { Node } from '../node.ts';

/** What a call works with. `node` is its element. */
export interface SoapRequest {
  readonly org: Org;
  readonly user: User;
  readonly node: Node;
  /** From the AllOrNoneHeader. */
  readonly options: SaveOptions;
}

/** Answers what stands within the response element. */
export type SoapCall = (request: SoapRequest) => string;
