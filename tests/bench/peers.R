# Labels of ggrepel for the events on standard input: a CSV of set, id, x, y, radius, width, height, label, in px from
# the bottom left of a plot as wide and high as the arguments say. Prints set, id, the centre of the label and the
# ends of its leader, if it has one; then "time", set, seconds. What ggrepel leaves out has no line.
# usage: Rscript peers.R WIDTH HEIGHT default|tuned|vertical < events.csv
suppressMessages({
  library(ggplot2)
  library(ggrepel)
  library(grid)
})
args <- commandArgs(trailingOnly = TRUE)
if (args[1] == "--version") {
  cat(as.character(packageVersion("ggrepel")))
  quit()
}
width <- as.numeric(args[1])
height <- as.numeric(args[2])
manner <- args[3]
events <- read.csv(file("stdin"), stringsAsFactors = FALSE, colClasses = c(id = "character", label = "character"))
dpi <- 96
label_size <- 12.5 * 72 / dpi / .pt # the theme's, px to the millimetres of ggplot2

# The tuned ones stop after so many rounds, not after so much time: the same labels on any machine. Their forces are
# those, of a dozen tried, that leave the fewest overlaps.
layer <- function() {
  all <- list(max.overlaps = Inf, max.time = Inf, max.iter = 2e4, min.segment.length = 0)
  # Text is taller than the box ggrepel has for it, descenders hang out of it: the padding makes up for them.
  more <- switch(manner,
    default = list(),
    tuned = c(all, list(force = 5, force_pull = 0, box.padding = 0.2)),
    vertical = c(all, list(force = 0.5, force_pull = 0.2, box.padding = 0.15, direction = "y", hjust = 0, nudge_x = 60))
  )
  common <- list(aes(point.size = point), size = label_size, family = "Inter", seed = 1)
  do.call(geom_text_repel, c(common, more))
}

# The size of a geom_point that is drawn with this radius in px: 0.375 of its font size, outline included.
point_size <- function(radius) pmax((radius * 72 / dpi / 0.375 - 0.5 * .stroke / 2) / .pt, 0)

centre <- function(text) {
  x <- convertX(unit.c(grobX(text, "west"), grobX(text, "east")), "npc", valueOnly = TRUE)
  y <- convertY(unit.c(grobY(text, "south"), grobY(text, "north")), "npc", valueOnly = TRUE)
  c(mean(x) * width, mean(y) * height)
}

ends <- function(curve) { # of a leader, which is in inches once it is forced
  line <- if (is.null(curve)) NULL else curve$children[["segment"]]
  if (is.null(line)) return(NULL)
  dpi * convertUnit(unit.c(line$x0, line$y0, line$x1, line$y1), "inches", valueOnly = TRUE)
}

draw <- function(data) {
  png(tempfile(), width = width, height = height, res = dpi, type = "cairo")
  on.exit(dev.off())
  begin <- Sys.time()
  plot <- ggplot(data, aes(x, y, label = label)) +
    layer() +
    continuous_scale("point.size", "identity", identity, guide = "none", super = ScaleContinuousIdentity) +
    scale_x_continuous(limits = c(0, width), expand = c(0, 0)) +
    scale_y_continuous(limits = c(0, height), expand = c(0, 0)) +
    theme_void()
  # ggrepel places labels when the plot is about to be drawn. Forcing does that once; drawing would do it again.
  forced <- grid.force(ggplotGrob(plot))
  taken <- as.numeric(Sys.time() - begin, units = "secs")
  pushViewport(viewport()) # the panel fills the plot
  tree <- getGrob(forced, gPath("textrepeltree"), grep = TRUE)
  for (name in grep("^textrepelgrob", names(tree$children), value = TRUE)) {
    number <- sub("textrepelgrob", "", name) # all that ties a label to its row
    leader <- ends(tree$children[[paste0("segmentrepelgrob", number)]])
    cat(data$set[1], data$id[as.integer(number)], centre(tree$children[[name]]), leader, "\n")
  }
  cat("time", data$set[1], taken, "\n")
}

events$point <- point_size(events$radius)
unheard <- capture.output(draw(head(events, 2))) # the first plot of a process pays for loading
for (set in unique(events$set)) draw(events[events$set == set, ])
