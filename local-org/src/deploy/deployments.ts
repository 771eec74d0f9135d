import type { Org, User } from '../org.ts';
import { makeId } from '../store/id.ts';
import type { DeployOptions } from './deploy.ts';
import type { Deployment } from './result.ts';

/** Deployments of this process, by ID. Each begins when the call that asks for it has been answered. */
export class Deployments {
  readonly #org: Org;
  readonly #known = new Map<string, Deployment>();

  constructor(org: Org) {
    this.#org = org;
  }

  /** Throws an ApiError for a user who may not deploy. */
  start(user: User, archive: Buffer, options: DeployOptions): Deployment {
    this.#org.checkDeployer(user);
    const id = makeId('0Af', this.#known.size + 1);
    const deployment: Deployment = { id, user, options, asked: this.#org.clock() };
    this.#known.set(id, deployment);
    setImmediate(() => {
      const outcome = this.#run(user, archive, options);
      this.#known.set(id, { ...deployment, done: { at: this.#org.clock(), outcome } });
    });
    return deployment;
  }

  find(id: string): Deployment | undefined {
    return this.#known.get(id) ?? [...this.#known.values()].find((each) => each.id.slice(0, 15) === id);
  }

  #run(user: User, archive: Buffer, options: DeployOptions) {
    try {
      return this.#org.deploy(user, archive, options);
    } catch (error) {
      return { error: (error as Error).message };
    }
  }
}
