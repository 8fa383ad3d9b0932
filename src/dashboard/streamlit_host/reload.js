// A tab that was opened before an update loads itself again, its address with page and filters kept: when it has found a
// server of another release, and when a script that it needs is gone (Vite's event). Once for each release that it
// leaves: what is missing for another reason makes no loop.
{
  const { release } = document.documentElement.dataset;
  const reload = () => {
    if (sessionStorage.getItem("dashboard-left") === release) return;
    sessionStorage.setItem("dashboard-left", release);
    document.body.hidden = true;
    location.reload();
  };
  // None of an address that leads to the sign-in page, and none while there is no answer.
  const servers = async () => {
    const answer = await fetch(location.href).then((page) => page.text(), () => "");
    return answer.match(/ data-release="(\w+)"/)?.[1] ?? release;
  };
  let connected = false;
  const states = new MutationObserver(async ([{ target }]) => {
    if (target.dataset.testConnectionState !== "CONNECTED") return;
    const again = connected;
    connected = true;
    if (again && await servers() !== release) reload();
  });
  states.observe(document, { subtree: true, attributeFilter: ["data-test-connection-state"] });
  addEventListener("vite:preloadError", reload);
}
