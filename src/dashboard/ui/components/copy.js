// A button that puts a text or a picture on the clipboard and says so.
// data: label, done, failed (words); text, or png (base64).
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  button.textContent = data.label;

  // Where the page is not served over https the clipboard is closed to scripts; the old way still takes text.
  function copyTextTheOldWay() {
    const field = document.createElement("textarea");
    field.value = data.text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    button.focus();
    if (!done) throw new Error("refused");
  }

  async function copy() {
    if (data.png) {
      const bytes = Uint8Array.from(atob(data.png), (letter) => letter.charCodeAt(0));
      const picture = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    } else if (navigator.clipboard) {
      await navigator.clipboard.writeText(data.text);
    } else {
      copyTextTheOldWay();
    }
  }

  button.onclick = async () => {
    try {
      await copy();
      status.textContent = data.done;
    } catch {
      status.textContent = data.failed;
    }
    setTimeout(() => { status.textContent = ""; }, 4000);
  };
}
