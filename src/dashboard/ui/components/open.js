// Opens a page of the dashboard as the browser's Back and Forward do, as one step of its history.
// data: address.
export default function ({ data }) {
  if (window.location.href === data.address) return;
  window.history.pushState({}, "", data.address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}
