import { byId, h, icon, reconcile, unseen } from './dom.js';
import { BOT, hueOf, initials } from './messages.js';
import { addressOf, isPrivate } from './place.js';

/**
 * The lists of channels and people. Each entry is a link, so that it can be opened in a tab of its own.
 * @param {import('./place.js').Place} place
 * @param {{ channels: string[], people: string[], unseenDirect: number }} names
 * @param {(place: import('./place.js').Place) => void} go
 */
export function drawMenu(place, { channels, people, unseenDirect }, go) {
  const closed = { ...place, thread: null, report: false };
  links('channels', go, channels.map(channel => ({
    key: channel,
    to: { ...closed, channel, direct: false },
    isHere: !place.direct && channel === place.channel,
    mark: () => icon(isPrivate(channel) ? 'lock' : 'hash'),
    label: channel,
    more: isPrivate(channel) ? 'private' : '',
  })));
  links('direct', go, [{
    key: BOT,
    to: { ...closed, direct: true },
    isHere: place.direct,
    mark: () => icon('mail'),
    label: BOT,
    count: unseenDirect,
  }]);
  links('people', go, people.map(person => ({
    key: person,
    to: { ...closed, user: person },
    isHere: person === place.user,
    mark: () => h('span', { class: `avatar small hue-${hueOf(person)}`, 'aria-hidden': 'true' }, initials(person)),
    label: person,
  })));
}

function links(id, go, items) {
  reconcile(byId(id), items, {
    key: item => item.key,
    draw: item => [addressOf(item.to), item.isHere, item.count],
    fill(element, item) {
      const hadFocus = element.contains(document.activeElement);
      const link = h('a', { href: addressOf(item.to), 'aria-current': item.isHere ? 'page' : null, title: item.label, onclick: event => follow(event, item.to, go) },
        item.mark(),
        h('span', { class: 'name', dir: 'auto' }, item.label),
        item.more ? unseen(`, ${item.more}`) : null,
        item.count ? h('span', { class: 'count' }, String(item.count), unseen(' new')) : null);
      element.replaceChildren(link);
      if (hadFocus) link.focus();
      else if (item.isHere) link.scrollIntoView({ block: 'nearest' });
    },
  });
}

function follow(event, place, go) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  go(place);
}
