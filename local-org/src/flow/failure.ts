/** What an element wanted to do was refused: its fault path goes on, or the interview fails. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** An interview ended at an element without a fault path, or at a limit that no fault path can catch. */
export class InterviewFailed extends Error {
  override readonly name = 'InterviewFailed';
}

export const notSet = (reference: string) =>
  new Fault(`The flow failed to access the value for ${reference} because it hasn't been set or assigned.`);
