import type { Automation, Dml } from '../dml/dml.ts';
import type { Xml } from '../metadata/xml.ts';
import type { PublishedEvent, User } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import type { Soql } from '../soql/run.ts';
import { recordTriggers } from './automation.ts';
import { Background } from './background.ts';
import type { Surroundings } from './host.ts';
import { invoke } from './invoke.ts';
import type { Invocation } from './invoke.ts';
import { runEvent, runPath } from './later.ts';
import { loadFlows } from './load.ts';
import { Outbox } from './outbox.ts';
import type { Program } from './program.ts';
import { Schedule } from './schedule.ts';
import type { Waiting } from './schedule.ts';

export interface FlowOptions {
  /** Asked for at run time, because it holds the automation of these flows. */
  readonly dml: () => Dml;
  readonly soql: Soql;
  readonly user: (idOrUsername: string) => User | undefined;
  /** Who runs what no user started. */
  readonly system: () => User;
  /** What a user may see and change. */
  readonly seenBy: (user: User) => Schema;
}

/** The flows of an org: around saves, after commits, when they are due, upon events, and on request. */
export class Flows {
  readonly automation: Automation;
  readonly outbox: Outbox;
  readonly #options: FlowOptions;
  readonly #background = new Background();
  readonly #schedule: Schedule;
  #programs: ReadonlyMap<string, Program> = new Map();
  #inOrder: readonly Program[] = [];

  constructor(options: FlowOptions, { database, clock }: Pick<Dml, 'database' | 'clock'>) {
    this.#options = options;
    this.outbox = new Outbox(database);
    this.#schedule = new Schedule(database, clock, () => {
      this.#background.push(() => {
        this.#runDue();
      });
    });
    this.automation = recordTriggers(
      () => this.#inOrder,
      () => this.#surroundings(),
      this.#schedule,
    );
  }

  /** Takes these flows for those that it had. Throws a LoadError, and keeps what it had, where one cannot run here. */
  load(flows: ReadonlyMap<string, Xml>, schema: Schema, workflows?: ReadonlyMap<string, Xml>): void {
    this.#programs = loadFlows(flows, schema, workflows);
    this.#inOrder = [...this.#programs.values()].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
    this.#schedule.arm();
  }

  /** Starts the flows that an event triggers; they run once the call that published it is over. */
  received(event: PublishedEvent): void {
    for (const program of this.#inOrder)
      if (program.start.kind === 'event' && program.start.object.name === event.object)
        this.#background.push(() => {
          runEvent(this.#surroundings(), this.#options.system(), program, event);
        });
  }

  /** The autolaunched flows that clients can run. */
  get invocable(): Program[] {
    return [...this.#programs.values()].filter(({ start }) => start.kind === 'invoked');
  }

  /** Runs an autolaunched flow as a user, who may do in it what that user may do, unless the flow runs in system mode. */
  invoke(user: User, program: Program, inputs: Readonly<Record<string, unknown>>): Invocation {
    const permitted = program.inSystemMode ? undefined : this.#options.seenBy(user);
    return invoke(this.#surroundings(), program, { user, permitted }, inputs);
  }

  /** The paths that wait to run, the next due first. */
  get waiting(): Waiting[] {
    return this.#schedule.waiting;
  }

  /** Runs what is due by the org's clock; for clocks that do not pass by themselves. */
  async runDue(): Promise<void> {
    this.#schedule.arm();
    await this.settled();
  }

  /** Resolves when all that follows from the calls so far has run. */
  settled(): Promise<void> {
    return this.#background.settled();
  }

  close(): void {
    this.#schedule.close();
    this.#background.close();
  }

  #runDue(): void {
    for (const waiting of this.#schedule.due)
      runPath(this.#surroundings(), this.#schedule, this.#options.system(), waiting);
    this.#schedule.arm();
  }

  #surroundings(): Surroundings {
    const { dml, soql, user } = this.#options;
    return { dml: dml(), soql, user, outbox: this.outbox, flow: (name) => this.#programs.get(name) };
  }
}
