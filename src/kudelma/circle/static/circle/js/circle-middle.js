// circle-middle.js: where the picture is wider than the page, everyday life is what one sees of it first.
for (const room of document.querySelectorAll(".circle-room")) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2
