import { ApiError } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { Org, User } from '../org.ts';
import { publishGap } from './change-events.ts';
import type { EventFault } from './event-fault.ts';

/** Lets the faults that concern events happen. `system` is who gap events say made the change. */
export function injectEventFaults(faults: Faults, org: Org, system: User): void {
  org.bus.copies = (channel) =>
    faults.take('events', (fault) => fault.what === 'duplicate' && (fault.channel ?? channel) === channel) ? 2 : 1;
  faults.changes.on('change', () => {
    for (let fault; (fault = faults.take('events', isInstant));) happen(org, system, fault);
    org.bus.paused = faults.stands('events', ({ what }) => what === 'pause');
  });
}

const isInstant = ({ what }: EventFault) => what !== 'pause' && what !== 'duplicate';

function happen(org: Org, system: User, fault: EventFault): void {
  if (fault.what === 'expire') org.bus.expire();
  else if (fault.what === 'disconnect') org.bus.signals.emit('disconnect');
  else if (fault.what === 'gap' || fault.what === 'overflow') {
    const object = org.schema.object(fault.object);
    if (!object || !org.channels.captures(object.name))
      throw new ApiError(400, 'INVALID_INPUT', `object: ${fault.object} is captured by no channel`);
    const [type, ids] = fault.what === 'gap' ? [fault.changeType, fault.ids] : (['GAP_OVERFLOW', []] as const);
    publishGap(org.bus, object, type, ids, system.id);
  }
}
