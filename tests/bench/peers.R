# Labels of ggrepel for the events on standard input, a CSV of set, id, x, y, radius, width, height, label in px from the
# bottom left of a plot as wide and high as the arguments say. Prints set, id, the centre of the label,
# and the points of its leader, if it has one; "time", set, seconds. What ggrepel leaves out has no line.
# usage: Rscript peers.R WIDTH HEIGHT default|tuned|vertical < events.csv
suppressMessages({
  library(ggplot2)
  library(ggrepel)
  library(grid)
})
args <- commandArgs(trailingOnly = TRUE)
width <- as.numeric(args[1])
height <- as.numeric(args[2])
manner <- args[3]
events <- read.csv(file("stdin"), stringsAsFactors = FALSE, colClasses = c(id = "character", label = "character"))
size <- 12.5 * 0.75 / .pt # px to the millimetres of ggplot2

layer <- function() {
  common <- list(size = size, family = "Inter", min.segment.length = 0, seed = 1)
  more <- switch(manner,
    default = list(),
    tuned = list(max.overlaps = Inf, force = 2, force_pull = 0.5, box.padding = 0.15, max.iter = 1e5, max.time = 2),
    vertical = list(max.overlaps = Inf, direction = "y", hjust = 0, nudge_x = 60, max.iter = 1e5, max.time = 2)
  )
  do.call(geom_text_repel, c(list(aes(point.size = radius * 1.5)), common, more))
}

# The centre of a label is the first term of a sum, as a share of the plot; the others are its justification.
share <- function(x) as.numeric(unclass(x)[[1]][[2]][1])

ends <- function(grob) { # of a leader, in px: it is in inches
  segment <- if (is.null(grob)) NULL else grob$children[["segment"]]
  if (is.null(segment)) return(NULL)
  96 * convertUnit(unit.c(segment$x0, segment$y0, segment$x1, segment$y1), "inches", valueOnly = TRUE)
}

draw <- function(data) {
  png(tempfile(), width = width, height = height, res = 96, type = "cairo")
  plot <- ggplot(data, aes(x, y, label = label)) +
    layer() +
    continuous_scale("point.size", "identity", identity, guide = "none") +
    scale_x_continuous(limits = c(0, width), expand = c(0, 0)) +
    scale_y_continuous(limits = c(0, height), expand = c(0, 0)) +
    theme_void()
  begin <- Sys.time()
  print(plot)
  grid.force()
  tree <- grid.get("textrepeltree", grep = TRUE)
  taken <- as.numeric(Sys.time() - begin, units = "secs")
  # Nothing but its number ties a label to its row.
  for (name in names(tree$children)) {
    if (!grepl("^textrepelgrob", name)) next
    number <- as.integer(sub("textrepelgrob", "", name))
    grob <- tree$children[[name]]
    at <- c(share(grob$x) * width, share(grob$y) * height)
    segment <- tree$children[[paste0("segmentrepelgrob", number)]]
    leader <- ends(segment)
    cat(data$set[1], data$id[number], at, leader, "\n")
  }
  dev.off()
  cat("time", data$set[1], taken, "\n")
}

for (set in unique(events$set)) invisible(draw(events[events$set == set, ]))
