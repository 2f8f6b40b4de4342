import { dealtWith, watchTroubles } from "./api.js";
import { closeCard, onClose, openCard, refreshCard, showCardTurnout, shownEvent } from "./card.js";
import { asked, campaignId, loadCampaigns, openFilter } from "./filter.js";
import { showList, showTurnout } from "./list.js";
import { followThese, keepInStep } from "./live.js";
import { openMap } from "./view.js";

/** Not more often than this, whatever happens out there. */
const restMs = 2_000;

const trouble = document.querySelector("#trouble");
watchTroubles((text) => {
  trouble.textContent = text;
  trouble.hidden = !text;
});

const open = (id) => {
  openCard(id).catch(dealtWith);
  follow();
};
const map = openMap(asked(), { onMove: () => list(), onEvent: open });
const step = keepInStep(() => changed());

const list = () =>
  showList(map?.bbox(), open)
    .then((position) => step.from(position))
    .catch(dealtWith);

let resting;
/** Something is different: all of it is read again, once for all that comes in a while. */
function changed() {
  resting ??= setTimeout(() => {
    resting = undefined;
    map?.refresh();
    void list();
    void refreshCard();
  }, restMs);
}

const onTurnout = (event) => {
  showTurnout(event);
  showCardTurnout(event);
};
const follow = () => followThese({ campaignId: campaignId(), eventId: shownEvent() }, { onTurnout, onChange: changed });

openFilter(() => {
  closeCard();
  map?.show(asked());
  void list();
  follow();
});
onClose(follow);
void list();
loadCampaigns().then(follow).catch(dealtWith);
const asIs = new URLSearchParams(location.search).get("event");
if (asIs) open(asIs);
